namespace Grpc.Core;

/// <summary>The version of the API that this assembly defines.</summary>
/// <remarks>The values are those that the published assembly has: they are not moved on with the package's version.</remarks>
public static class VersionInfo
{
    /// <summary>The assembly version, which stays the same for all of 2.x.</summary>
    public const string CurrentAssemblyVersion = "2.0.0.0";

    /// <summary>The file version.</summary>
    public const string CurrentAssemblyFileVersion = "2.66.0.0";

    /// <summary>The version as people write it.</summary>
    public const string CurrentVersion = "2.66.0-dev";
}
