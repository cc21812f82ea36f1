# greenspec in a container, for machines that are not Linux: docs/containers.md.
ARG BASE=node:24-bookworm
FROM ${BASE}
WORKDIR /greenspec
# Node's packages, a Python environment with all that it takes, and a server program: as on any machine.
COPY setup package.json package-lock.json ./
COPY adapters/python/requirements.txt adapters/python/
RUN ./setup && rm -rf /root/.npm /root/.cache /var/lib/apt/lists/*
COPY . .
ENV PATH=/greenspec/node_modules/.bin:$PATH
WORKDIR /work
ENTRYPOINT ["node", "/greenspec/bin/greenspec.js"]
