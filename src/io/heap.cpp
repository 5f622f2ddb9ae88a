#include "heap.hpp"

#include <algorithm>
#include <cstring>

namespace hepta::io {
namespace {

constexpr std::size_t header_bytes = 16;  // of a collection, and of an object

/// HDF5 takes this for a conversion: the reference stays as it is.
// NOLINTNEXTLINE(readability-function-size): the parameters are HDF5's
herr_t keep_reference(hid_t source,
                      hid_t /*destination*/,
                      H5T_cdata_t* data,
                      std::size_t /*n_items*/,
                      std::size_t /*stride*/,
                      std::size_t /*background_stride*/,
                      void* /*items*/,
                      void* /*background*/,
                      hid_t /*properties*/)
{
    if (data->command == H5T_CONV_INIT) {
        data->need_bkg = H5T_BKG_NO;
    }
    const bool is_one = data->command != H5T_CONV_CONV ||
                        H5Tget_size(source) == sizeof(HeapReference);
    return is_one ? 0 : -1;
}

TypeHandle make_reference_type()
{
    TypeHandle type(H5Tcreate(H5T_OPAQUE, sizeof(HeapReference)),
                    "make a type of references");
    static const herr_t status = [&] {
        const TypeHandle text = string_type();
        return H5Tregister(H5T_PERS_SOFT,
                           "keep_reference",
                           text.get(),
                           type.get(),
                           keep_reference);
    }();
    require(status, "make a type of references");
    return type;
}

template <class T>
T number_at(std::string_view bytes, std::size_t at)
{
    T number{};
    std::memcpy(&number, bytes.data() + at, sizeof number);
    return number;
}

void require_that(bool is_so, const std::string& action)
{
    require(is_so ? 0 : -1, action);
}

}  // namespace

Heap::Heap(const std::string& path)
    : type_(make_reference_type()), file_(path, std::ios::binary)
{
    file_.seekg(0, std::ios::end);
    const std::streamoff end = file_.tellg();
    require(end, "measure the file");
    n_bytes_ = static_cast<std::uint64_t>(end);
    n_left_to_hold_ = n_bytes_;
    n_left_to_give_ = n_bytes_;
}

std::string Heap::read(std::uint64_t address,
                       std::uint64_t n_bytes,
                       const std::string& action)
{
    require_that(address <= n_bytes_ && n_bytes <= n_bytes_ - address, action);
    std::string bytes(n_bytes, '\0');
    file_.seekg(static_cast<std::streamoff>(address));
    file_.read(bytes.data(), static_cast<std::streamsize>(n_bytes));
    require_that(file_.good(), action);
    return bytes;
}

const Heap::Collection& Heap::collection(std::uint64_t address,
                                         const std::string& action)
{
    const auto found = collections_.find(address);
    if (found != collections_.end()) {
        return found->second;
    }
    const std::string header = read(address, header_bytes, action);
    const auto n_bytes = number_at<std::uint64_t>(header, 8);
    require_that(header.starts_with("GCOL\1") && n_bytes >= header_bytes &&
                     n_bytes <= n_left_to_hold_,
                 action);
    Collection& collection = collections_[address];
    collection.bytes = read(address, n_bytes, action);
    n_left_to_hold_ -= n_bytes;
    std::string_view rest = collection.bytes;
    rest.remove_prefix(header_bytes);
    while (rest.size() >= header_bytes) {
        const std::uint32_t index = number_at<std::uint16_t>(rest, 0);
        if (index == 0) {  // what is free stands at the end
            break;
        }
        const auto n = number_at<std::uint64_t>(rest, 8);
        require_that(n <= rest.size() - header_bytes, action);
        const bool is_new =
            collection.objects.emplace(index, rest.substr(header_bytes, n))
                .second;
        require_that(is_new, action);
        const std::size_t n_padded = header_bytes + (n + 7) / 8 * 8;
        rest.remove_prefix(std::min(rest.size(), n_padded));
    }
    return collection;
}

std::string_view Heap::value(const HeapReference& reference,
                             std::size_t item_bytes,
                             const std::string& action)
{
    const std::string_view bytes(reference.data(), reference.size());
    const auto n_items = number_at<std::uint32_t>(bytes, 0);
    const auto address = number_at<std::uint64_t>(bytes, 4);
    if (n_items == 0 && address == 0) {  // an empty text is stored nowhere
        return {};
    }
    const auto& objects = collection(address, action).objects;
    const auto found = objects.find(number_at<std::uint32_t>(bytes, 12));
    require_that(found != objects.end() &&
                     found->second.size() == n_items * item_bytes &&
                     found->second.size() <= n_left_to_give_,
                 action);
    n_left_to_give_ -= found->second.size();
    return found->second;
}

}  // namespace hepta::io
