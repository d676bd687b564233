import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ClinicHub API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="reference"></div>
<script src="/docs/swagger-ui.js"></script>
<script src="/docs/begin.js"></script>
</body>
</html>
`;

/** Tokens stay in the page's memory; nothing is asked of anybody but this host. */
const begin = `SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
  defaultModelsExpandDepth: 0,
});
`;

const files = {
  'swagger-ui.css': { type: 'text/css', from: () => import.meta.resolve('swagger-ui-dist/swagger-ui.css') },
  'swagger-ui.js': {
    type: 'text/javascript',
    from: () => import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js'),
  },
} as const;

/** Serves the reference of the API to people, with a form to try each operation, at `/docs`. */
export const serveReference = (server: FastifyInstance): void => {
  server.get('/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  server.get('/docs/begin.js', async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(begin),
  );
  for (const [name, { type, from }] of Object.entries(files))
    server.get(`/docs/${name}`, async (_request, reply) =>
      reply
        .type(`${type}; charset=utf-8`)
        .header('cache-control', 'public, max-age=3600')
        .send(await readFile(fileURLToPath(from()))),
    );
};
