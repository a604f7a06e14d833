# The image's own Node runs it, and not the one that npm brings: it is renewed with the image, for every architecture,
# and 200 MB less. It is started without npm in between, so that signals reach it.
FROM node:26-slim

# For KNOWLEDGE_GIT. Debian's mirrors have only the newest version: a pinned one could soon not be installed any more.
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install -y --no-install-recommends git \
  && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional \
  && npm cache clean --force \
  && install -d -o node -g node data
COPY LICENSE ./
COPY commands commands/
COPY src src/
# What moderators change, unless a folder of the machine is put in its place.
COPY --chown=node:node knowledge knowledge/

ENV NODE_ENV=production METRICS_PORT=9464
VOLUME ["/app/data", "/app/knowledge"]
USER node
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "--input-type=module", "-e", "const answer = await fetch(`http://127.0.0.1:${process.env.METRICS_PORT}/healthz`); console.log(await answer.text()); process.exit(answer.ok ? 0 : 1)"]
CMD ["node", "--max-semi-space-size=4", "--disable-warning=ExperimentalWarning", "src/main.ts"]
