namespace BooksForYou.Reviews;

/// <summary>Whether a review can be seen; the numbers are those of the contract.</summary>
internal enum ReviewState
{
    /// <summary>By everybody.</summary>
    Visible = 1,

    /// <summary>By its writer and admins, until an admin has looked.</summary>
    Held = 2,

    /// <summary>By its writer and admins: an admin has hidden it.</summary>
    Hidden = 3,
}
