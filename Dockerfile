# syntax=docker/dockerfile:1
ARG JAVA_VERSION=25

FROM eclipse-temurin:${JAVA_VERSION}-jdk AS build
# The build starts a PostgreSQL to generate classes from the migrations, and PostgreSQL refuses to run as root.
RUN useradd --uid 10001 --create-home reprise && mkdir /build && chown reprise /build
USER reprise
WORKDIR /build
COPY --chown=reprise . .
RUN --mount=type=cache,target=/home/reprise/.m2,uid=10001,gid=10001 \
    ./mvnw --batch-mode --no-transfer-progress package -Pdistribution -pl cli -am -DskipTests -Dspotless.check.skip

FROM eclipse-temurin:${JAVA_VERSION}-jre
RUN useradd --uid 10001 --create-home reprise
COPY --chmod=755 deploy/health.sh /opt/reprise/health
COPY --from=build /build/cli/target/dist/lib /opt/reprise/lib
USER reprise
WORKDIR /home/reprise
EXPOSE 8080
# For the api, the default. Other commands say in the compose file how they are.
HEALTHCHECK --interval=10s --timeout=5s --retries=6 --start-period=60s CMD ["/opt/reprise/health", "8080", "/health"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp", "/opt/reprise/lib/*", "io.reprise.cli.Main"]
CMD ["api"]
