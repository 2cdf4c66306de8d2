#!/bin/sh
# A stand-in for whoami: answers with what it was asked.
printf 'Content-Type: text/plain\r\n\r\nHostname: %s\n%s %s\nHost: %s\n' "$(hostname)" "$REQUEST_METHOD" "$REQUEST_URI" "$HTTP_HOST"
