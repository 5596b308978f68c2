namespace Grpc.Core;

/// <summary>The codes with which a call can end, as gRPC defines them.</summary>
public enum StatusCode
{
    /// <summary>The call did what it was asked to.</summary>
    OK = 0,

    /// <summary>The call was cancelled, as a rule by its caller.</summary>
    Cancelled = 1,

    /// <summary>Something went wrong, and no more is known.</summary>
    Unknown = 2,

    /// <summary>The request is wrong, whatever state the service is in.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed. The call may have done its work all the same.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for does not exist.</summary>
    NotFound = 5,

    /// <summary>What was to be created exists already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known, and may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>The caller has not proven who it is.</summary>
    Unauthenticated = 16,

    /// <summary>Something is used up: a quota, or room to store.</summary>
    ResourceExhausted = 8,

    /// <summary>The service is not in the state that the call needs. To retry is of no use until that changes.</summary>
    FailedPrecondition = 9,

    /// <summary>The call lost against another at the same time. To retry from the start may help.</summary>
    Aborted = 10,

    /// <summary>The call went past the end of something.</summary>
    OutOfRange = 11,

    /// <summary>The service does not have this method.</summary>
    Unimplemented = 12,

    /// <summary>The service broke one of its own rules: a fault in it.</summary>
    Internal = 13,

    /// <summary>The service cannot be reached just now. To retry after a while may help.</summary>
    Unavailable = 14,

    /// <summary>Data is lost or damaged, and cannot be had back.</summary>
    DataLoss = 15,
}
