namespace BooksForYou.Marketplace.People;

/// <summary>What came of something that was asked of Accounts.</summary>
internal enum AccountEnd
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>The password is not right, or the address is not known: which of them is told to nobody.</summary>
    Refused,

    /// <summary>The address has an account already.</summary>
    Taken,

    /// <summary>Something that was typed cannot be right.</summary>
    Invalid,

    /// <summary>It was tried too often.</summary>
    TooOften,

    /// <summary>It cannot be done as things stand, such as with a link that was used.</summary>
    NotPossible,

    /// <summary>Accounts did not answer.</summary>
    Away,
}
