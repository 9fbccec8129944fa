# syntax=docker/dockerfile:1

# Debian 13, because the embedded MongoDB of the development image needs its glibc.
FROM node:24-trixie-slim AS base
WORKDIR /app
RUN chown node:node /app
USER node

FROM base AS dependencies
COPY --chown=node:node package.json package-lock.json ./
COPY --chown=node:node web/sdk/package.json web/sdk/
COPY --chown=node:node web/widget/package.json web/widget/
COPY --chown=node:node web/dashboard/package.json web/dashboard/
RUN --mount=type=cache,target=/home/node/.npm,uid=1000,gid=1000 npm ci --no-audit --no-fund

# Everything in one container, embedded databases included: docker run -p 8000:8000 -v chat:/app/.data IMAGE
FROM dependencies AS development
COPY --chown=node:node . .
RUN npm run build && mkdir -p .data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 CMD ["node", "scripts/healthcheck.mjs"]
CMD ["npm", "start"]

FROM development AS build
# What only a local start needs cannot be started by mistake where it is not.
RUN rm -rf dist/src/embedded dist/src/local.js*

FROM base AS production-dependencies
COPY --chown=node:node package.json package-lock.json ./
RUN --mount=type=cache,target=/home/node/.npm,uid=1000,gid=1000 npm ci --omit=dev --workspaces=false --no-audit --no-fund

# The api; the worker and the migrations are the same image with another command (see docker-compose.yml).
FROM base AS production
ENV NODE_ENV=production
COPY --from=production-dependencies /app/node_modules node_modules
COPY --from=build /app/package.json ./
COPY --from=build /app/scripts/healthcheck.mjs scripts/
COPY --from=build /app/dist dist
COPY --from=build /app/web/sdk/dist web/sdk/dist
COPY --from=build /app/web/widget/dist web/widget/dist
COPY --from=build /app/web/dashboard/dist web/dashboard/dist
# A volume that is mounted here belongs to the user who owns the folder.
RUN mkdir -p .data/files
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["node", "scripts/healthcheck.mjs"]
CMD ["node", "--enable-source-maps", "dist/src/main.js"]
