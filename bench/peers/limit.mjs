// What a Node service does that limits its callers: Fastify with @fastify/rate-limit, which runs one script in Redis for
// each request. Behind the limit is the cheapest there is, an answer that was fetched once and is kept as bytes.

import fastify from 'fastify';
import Redis from 'ioredis';
import rateLimit from '@fastify/rate-limit';

const { ORIGIN_URL, REDIS_URL, PORT, NAME, AMOUNT, WINDOW_MS, GATEWAY } = process.env;

const redis = new Redis(REDIS_URL, { enableAutoPipelining: true });
// The caller is whom the nearest proxy wrote into X-Forwarded-For.
const app = fastify({ trustProxy: 1 });
await app.register(rateLimit, {
  redis,
  nameSpace: `peer:limit:${NAME}:`,
  max: Number(AMOUNT),
  timeWindow: Number(WINDOW_MS),
});

const answer = await fetch(`${ORIGIN_URL}/v1/models?gateway=${GATEWAY}`);
if (!answer.ok) {
  throw new Error(`origin: ${answer.status}`);
}
const body = Buffer.from(await answer.arrayBuffer());

app.get('/ready', { config: { rateLimit: false } }, async () => ({ redis: await redis.ping() }));

app.get('/api/models', async (request, reply) => {
  reply.type('application/json');
  return body;
});

await app.listen({ host: '127.0.0.1', port: Number(PORT) });
