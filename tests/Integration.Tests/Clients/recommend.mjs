// Calls the unversioned API with the gRPC project's client for JavaScript: prints what came back as one JSON object.
import grpc from "@grpc/grpc-js";
import protoLoader from "@grpc/proto-loader";

const [address, proto] = process.argv.slice(2);
const definition = protoLoader.loadSync(proto, { keepCase: true, enums: String, defaults: true });
const { Recommendations } = grpc.loadPackageDefinition(definition);
const client = new Recommendations(address, grpc.credentials.createInsecure());

const ask = (request) => new Promise((resolve) => {
  client.Recommend(request, { deadline: Date.now() + 10_000 }, (error, response) => {
    resolve(error
      ? { code: grpc.status[error.code], detail: error.details }
      : { code: "OK", books: response.recommendations.map(({ id, title }) => ({ id, title })) });
  });
});

console.log(JSON.stringify({
  mystery: await ask({ user_id: 1, category: "MYSTERY", max_results: 3 }),
  unknown: await ask({ user_id: 1, category: 99, max_results: 3 }),
  none: await ask({ user_id: 1, category: "SELF_HELP", max_results: 0 }),
  negative: await ask({ user_id: 1, category: "SELF_HELP", max_results: -1 }),
}));
client.close();
