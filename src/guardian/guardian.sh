#!/bin/sh
# Ends what greenspec started once greenspec is gone, however it ended: SIGKILL lets it do nothing, but closes this script's
# standard input. A line "ID KIND REST" names a thing to end, "ID done" one that needs it no longer.
trap '' HUP INT TERM
ids=
while IFS= read -r line; do
  id=${line%% *}
  thing=${line#* }
  case $id in '' | *[!0-9]*) continue ;; esac
  if [ "$thing" = done ]; then
    unset "thing_$id"
  else
    ids="$ids $id"
    eval "thing_$id=\$thing"
  fi
done

# each KIND COMMAND...: runs the command for every thing of that kind, REST as its last argument.
each() {
  kind=$1
  shift
  for id in $ids; do
    eval "thing=\${thing_$id-}"
    case $thing in "$kind "*) "$@" "${thing#* }" ;; esac
  done
}
end_group() { kill -s "$1" -- "-$2" 2>/dev/null; }
look_at_group() { kill -s 0 -- "-$1" 2>/dev/null && left=yes; }
# Its number may be another's by now.
end_marked() { tr '\0' '\n' <"/proc/${1% *}/environ" | grep -q "^GREENSPEC_PROCESS=${1#* }$" && kill -s KILL "${1% *}"; }
end_container() {
  where=${1%% *}
  case $where in
    client:*) "${where#client:}" rm --force --volumes "${1#* }" ;;
    *) docker --host "$where" rm --force --volumes "${1#* }" ;;
  esac
}
# One that was asked for in the last moment appears a little later.
end_late_container() { sleep 1 && end_container "$1"; }

each group end_group TERM
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  left=
  each group look_at_group
  [ "$left" ] || break
  sleep 0.1
done
each group end_group KILL
each marked end_marked
each container end_container
each container end_late_container
each folder rm -rf --
