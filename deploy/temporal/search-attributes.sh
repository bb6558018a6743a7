#!/bin/sh
# Registers what Reprise sets on its runs; a run that sets an attribute which the server lacks hangs. Registering the same
# attribute again does nothing; one that is there with another type is an error.
set -eu

# The server learns of namespaces and attributes from a cache: what is asked for may take some seconds to be known.
await() {
    attempt=1
    until "$@" >/dev/null; do
        if [ "$attempt" -ge 60 ]; then
            echo "no answer from $TEMPORAL_ADDRESS after $attempt attempts: $*" >&2
            exit 1
        fi
        attempt=$((attempt + 1))
        sleep 1
    done
}

register() {
    temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" --name "$1" --type "$2"
}

await temporal operator search-attribute list --namespace "$TEMPORAL_NAMESPACE"

register RepriseFeature Keyword
register RepriseName Keyword
register RepriseSlot Keyword
register RepriseForward Keyword
register RepriseCompensation Keyword
register RepriseStuckSteps KeywordList

await temporal workflow count --namespace "$TEMPORAL_NAMESPACE" \
    --query "RepriseForward = 'none' and RepriseStuckSteps = 'none'"
