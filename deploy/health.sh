#!/bin/bash
# Asks this container's HTTP server how it is, with nothing but bash: the image has no HTTP client. Usage: health PORT PATH
set -eu

exec 3<>"/dev/tcp/127.0.0.1/$1"
printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' "$2" >&3
read -r -t 4 _ status _ <&3
[ "$status" = 200 ]
