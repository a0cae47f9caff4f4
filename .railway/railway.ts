// The whole project on Railway: this service and a Redis beside it.
//   railway link && railway config plan && railway config apply && railway up
import { defineRailway, project, redis, service } from "railway/iac";

export default defineRailway((ctx) => {
  const cache = redis("redis");

  const signalbox = service("signalbox", {
    // No source: `railway up` deploys this folder. To deploy from a repository of yours, add source: github("owner/repo").
    build: { builder: "DOCKERFILE", dockerfilePath: "Dockerfile.native" },
    // Ready without Redis on purpose: a deployment during an outage of Redis must succeed.
    healthcheck: "/q/health/ready",
    // Seconds. The binary is ready within a second; the rest is for a platform that is slow.
    healthcheckTimeout: 60,
    // The default gives up after ten crashes.
    deploy: { restartPolicyType: "ALWAYS" },
    replicas: ctx.isEnvironment("production") ? 2 : 1,
    env: {
      REDIS_URL: cache.env.REDIS_URL,
      // Seconds in which old and new replica both serve.
      RAILWAY_DEPLOYMENT_OVERLAP_SECONDS: "20",
      // Seconds between SIGTERM and SIGKILL. The default is 0, which cuts off requests and whatever has not been flushed.
      RAILWAY_DEPLOYMENT_DRAINING_SECONDS: "30",
    },
  });

  return project("signalbox", { resources: [cache, signalbox] });
});
