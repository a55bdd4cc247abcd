# Builds the jar, then an image of it on a Java runtime: non-root, all state in /data, a read-only root is fine.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY .mvn .mvn
COPY pom.xml .
COPY src src
RUN mvn -B -q package -Dmaven.test.skip=true
# the native libraries as plain files, so that none is unpacked at run time
RUN mkdir native && cd native && jar xf ../target/openuptimes.jar META-INF/native

FROM eclipse-temurin:25-jre
# the embedded Redis, with the distribution's security fixes; the service starts it by itself
RUN apt-get update && apt-get install -y --no-install-recommends redis-server && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 openuptimes \
    && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin openuptimes \
    && mkdir /data && chown 10001:10001 /data
WORKDIR /opt/openuptimes
COPY --from=build /build/target/openuptimes.jar .
COPY --from=build /build/native/META-INF/native lib
COPY conf conf
# glibc would give every thread an arena of its own
ENV MALLOC_ARENA_MAX=2
ENV OPENUPTIMES_DATA_DIR=/data/redis
# one start in the very runtime that will be used leaves loaded and linked classes behind for all later ones
RUN OPENUPTIMES_DATA_DIR=/tmp/training java @conf/jvm.options -Djava.library.path=lib -XX:AOTCacheOutput=openuptimes.aot -jar openuptimes.jar \
    & service=$! \
    && until java -cp openuptimes.jar io.openuptimes.Healthcheck; do kill -0 $service && sleep 1 || exit 1; done \
    && kill $service && wait $service \
    && test -s openuptimes.aot && rm -rf /tmp/training /tmp/hsperfdata_*
USER 10001:10001
VOLUME /data
# services in a file: -v /etc/openuptimes:/config:ro -e OPENUPTIMES_SERVICES_FILE=/config/services.yaml
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s --retries=3 \
    CMD ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmx32m", "-cp", "openuptimes.jar", "io.openuptimes.Healthcheck"]
# options of your own go into JDK_JAVA_OPTIONS
ENTRYPOINT ["java", "@/opt/openuptimes/conf/jvm.options", "-Djava.library.path=/opt/openuptimes/lib", \
    "-XX:AOTCache=/opt/openuptimes/openuptimes.aot", "-XX:MaxRAMPercentage=60", "-jar", "/opt/openuptimes/openuptimes.jar"]
