#include "hepta/model/share_rates.hpp"

namespace hepta::model {

namespace avx2 {
void share_rates_of_tile(ShareForm form, const ShareTile& tile);
}
namespace avx512 {
void share_rates_of_tile(ShareForm form, const ShareTile& tile);
}

void share_rates(InstructionSet set, ShareForm form, const ShareTile& tile)
{
    if (set == InstructionSet::avx512) {
        avx512::share_rates_of_tile(form, tile);
    } else {
        avx2::share_rates_of_tile(form, tile);
    }
}

}  // namespace hepta::model
