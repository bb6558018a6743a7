#!/bin/sh
# Makes the namespace unless it is there. The server answers health checks a moment before it answers this.
set -eu

attempt=1
until temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
    temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "$TEMPORAL_RETENTION"; do
    if [ "$attempt" -ge 30 ]; then
        echo "cannot make the namespace $TEMPORAL_NAMESPACE on $TEMPORAL_ADDRESS in $attempt attempts" >&2
        exit 1
    fi
    attempt=$((attempt + 1))
    sleep 1
done
