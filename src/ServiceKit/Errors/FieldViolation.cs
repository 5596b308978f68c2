namespace BooksForYou.ServiceKit.Errors;

/// <summary>What is wrong with one field of a request.</summary>
/// <param name="Field">The path of the field as the contract spells it: <c>max_results</c>, <c>lines[2].book_id</c>.</param>
/// <param name="Description">What the field must be, for the people who call the service: "must not be negative".</param>
public readonly record struct FieldViolation(string Field, string Description);
