FROM node:24-slim AS modules
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The platform packages carry a Node of their own, which this image does not need.
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production
COPY package.json manifest.json ./
COPY --from=modules /app/node_modules ./node_modules
COPY src ./src
RUN mkdir -p node_modules/.cache && chown node node_modules/.cache
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Not through npm: the process itself must get SIGTERM.
CMD ["node", "--import", "./src/compile-cache.ts", "src/main.ts"]
