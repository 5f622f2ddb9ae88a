# cmake -DEXIT_CODE=<code> -DMESSAGE=<text> -P check_job_end.cmake -- <command>
#   Fails unless the command ends within 20 seconds with that exit code and
#   prints the text (if any is given) exactly once on stderr.
set(command "")
set(is_command FALSE)
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(i RANGE ${last})
  if(is_command)
    list(APPEND command "${CMAKE_ARGV${i}}")
  elseif(CMAKE_ARGV${i} STREQUAL "--")
    set(is_command TRUE)
  endif()
endforeach()

execute_process(COMMAND ${command} TIMEOUT 20
  RESULT_VARIABLE exit_code ERROR_VARIABLE errors OUTPUT_QUIET)

if(NOT "${exit_code}" STREQUAL "${EXIT_CODE}")
  message(FATAL_ERROR
    "ended with '${exit_code}', expected ${EXIT_CODE}:\n${errors}")
endif()
if(NOT MESSAGE STREQUAL "")
  string(REPLACE "${MESSAGE}" "" without "${errors}")
  string(LENGTH "${errors}" n_with)
  string(LENGTH "${without}" n_without)
  string(LENGTH "${MESSAGE}" n_message)
  math(EXPR count "(${n_with} - ${n_without}) / ${n_message}")
  if(NOT count EQUAL 1)
    message(FATAL_ERROR
      "'${MESSAGE}' is there ${count} times, expected 1:\n${errors}")
  endif()
endif()
