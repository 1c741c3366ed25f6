# Trực Ban in two stages: the first installs and compiles, the second only runs.
# Why so: docs/decisions/0006-docker.md. How to use it: docs/operations.md.

FROM python:3.11-slim-bookworm AS build
COPY requirements/run.txt /build/run.txt
RUN python -m venv --without-pip /venv
RUN python -m pip --python /venv/bin/python install \
        --only-binary :all: --require-hashes -r /build/run.txt
COPY bot /app/bot
COPY handlers /app/handlers
COPY storage /app/storage
COPY playbooks /app/playbooks
RUN python -m compileall -q --invalidation-mode unchecked-hash /app
# A checkout under a strict umask would leave the program unreadable to its user.
RUN chmod -R u=rwX,go=rX /app

FROM python:3.11-slim-bookworm
COPY --from=build /venv /venv
COPY --from=build /app /app
RUN install -d -o 10001 -g 10001 -m 0700 /data
ENV PATH=/venv/bin:$PATH
ENV TRUCBAN_DATABASE=sqlite:////data/trucban.db
ENV TRUCBAN_HEALTH_LISTEN=127.0.0.1:8081
WORKDIR /app
USER 10001:10001
VOLUME /data
# Webhook mode only, and only for the proxy; polling opens no port.
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=15s --start-period=60s --retries=3 \
    CMD ["python", "-m", "bot", "health"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
