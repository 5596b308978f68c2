"""Calls the unversioned API with Debian's gRPC for Python: prints what came back as one JSON object."""
import json
import sys

import grpc

sys.path.insert(0, sys.argv[2])
import recommendations_pb2
import recommendations_pb2_grpc

channel = grpc.insecure_channel(sys.argv[1])
client = recommendations_pb2_grpc.RecommendationsStub(channel)


def ask(**fields):
    try:
        response = client.Recommend(recommendations_pb2.RecommendationRequest(**fields), timeout=10)
        return {"code": "OK", "books": [{"id": book.id, "title": book.title} for book in response.recommendations]}
    except grpc.RpcError as error:
        return {"code": error.code().name, "detail": error.details()}


print(json.dumps({
    "mystery": ask(user_id=1, category=recommendations_pb2.MYSTERY, max_results=3),
    "unknown": ask(user_id=1, category=99, max_results=3),
    "none": ask(user_id=1, category=recommendations_pb2.SELF_HELP, max_results=0),
    "negative": ask(user_id=1, category=recommendations_pb2.SELF_HELP, max_results=-1),
}))
