// What a Node service does for a cached model list: Fastify answers from Redis, one GET for each request, and asks the
// origin where Redis has nothing. No tier in memory. COMPRESS=1 adds compression on the fly, with its defaults.

import fastify from 'fastify';
import Redis from 'ioredis';

const { ORIGIN_URL, REDIS_URL, PORT, COMPRESS } = process.env;
const FOUR_HOURS_IN_SECONDS = 14_400;

const redis = new Redis(REDIS_URL, { enableAutoPipelining: true });
const app = fastify();
if (COMPRESS === '1') {
  await app.register(import('@fastify/compress'));
}

app.get('/ready', async () => ({ redis: await redis.ping() }));

app.get('/api/models', async (request, reply) => {
  const gateway = request.query.gateway ?? 'all';
  const key = `peer:models:${gateway}`;
  reply.type('application/json');
  return (await redis.getBuffer(key)) ?? load(gateway, key);
});

async function load(gateway, key) {
  const answer = await fetch(`${ORIGIN_URL}/v1/models?gateway=${encodeURIComponent(gateway)}`);
  if (!answer.ok) {
    throw new Error(`origin: ${answer.status}`);
  }
  const body = Buffer.from(await answer.arrayBuffer());
  await redis.set(key, body, 'EX', FOUR_HOURS_IN_SECONDS);
  return body;
}

await app.listen({ host: '127.0.0.1', port: Number(PORT) });
