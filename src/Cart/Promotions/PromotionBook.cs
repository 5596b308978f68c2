using System.Security.Cryptography;
using BooksForYou.Contracts.Cart.V1;
using BooksForYou.Contracts.Inventory.V1;
using BooksForYou.ServiceKit.Errors;
using Google.Protobuf;
using Contract = BooksForYou.Contracts.Cart.V1;

namespace BooksForYou.Cart.Promotions;

/// <summary>The promotions as admins keep them.</summary>
internal sealed class PromotionBook(PromotionStore store, Offers offers)
{
    private const int LongestKey = 100;
    private const int LongestName = 100;
    private const int MaxPercent = 90;

    /// <summary>Creates a promotion, once for each key.</summary>
    /// <exception cref="AlreadyExistsException">The key was used for another promotion.</exception>
    /// <exception cref="InvalidArgumentException">Something cannot be right.</exception>
    public async Task<CreatePromotionResponse> CreateAsync(CreatePromotionRequest request, CancellationToken cancellationToken)
    {
        var asked = request.Promotion ?? new Contract.Promotion();
        Throw([
            .. IsText(request.IdempotencyKey, LongestKey) ? [] : new[] { new FieldViolation("idempotency_key", $"must have 1 to {LongestKey} characters") },
            .. asked.PromotionId.Length == 0 ? [] : new[] { new FieldViolation("promotion.promotion_id", "is given by the service") },
            .. Problems(asked)]);
        var promotion = PromotionMapping.FromContract(asked) with { PromotionId = RandomNumberGenerator.GetHexString(16, lowercase: true) };
        var hash = Convert.ToHexStringLower(SHA256.HashData(asked.ToByteArray()));
        var answer = new CreatePromotionResponse { Promotion = PromotionMapping.ToContract(promotion) }.ToByteArray();
        var stored = await store.CreateAsync(request.IdempotencyKey, hash, promotion, answer, cancellationToken);
        offers.Forget();
        return stored.RequestHash == hash
            ? CreatePromotionResponse.Parser.ParseFrom(stored.Answer)
            : throw new AlreadyExistsException("The idempotency key was used for another promotion.");
    }

    /// <summary>Changes a promotion, all but its kind.</summary>
    /// <exception cref="NotFoundException">There is no such promotion.</exception>
    /// <exception cref="InvalidArgumentException">Something cannot be right.</exception>
    public async Task<Contract.Promotion> UpdateAsync(Contract.Promotion? asked, CancellationToken cancellationToken)
    {
        Throw([.. Problems(asked ?? new Contract.Promotion())]);
        var promotion = PromotionMapping.FromContract(asked!);
        var known = await FindAsync(promotion.PromotionId, cancellationToken);
        Throw(known.Kind == promotion.Kind ? [] : [new FieldViolation("promotion.kind", "stays what it is")]);
        await store.UpdateAsync(promotion, cancellationToken);
        offers.Forget();
        return PromotionMapping.ToContract(promotion);
    }

    /// <summary>Gives a promotion.</summary>
    /// <exception cref="NotFoundException">There is no such promotion.</exception>
    public async Task<Promotion> FindAsync(string promotionId, CancellationToken cancellationToken) =>
        (IsText(promotionId, LongestKey) ? await store.FindAsync(promotionId, cancellationToken) : null)
            ?? throw new NotFoundException("There is no such promotion.");

    private static IEnumerable<FieldViolation> Problems(Contract.Promotion promotion)
    {
        if (!IsText(promotion.Name, LongestName))
        {
            yield return new("promotion.name", $"must have 1 to {LongestName} characters and no line breaks");
        }

        if (Reckoning.Rules.All(rule => rule.Kind != promotion.Kind))
        {
            yield return new("promotion.kind", "must be one that the shop has");
        }

        if (promotion.FromTime is { } from && promotion.UntilTime is { } until && until <= from)
        {
            yield return new("promotion.until_time", "must be after from_time");
        }

        var isPercent = promotion.Kind == PromotionKind.PercentOffCategory;
        if (isPercent != (promotion.Category != BookCategory.Unspecified && Enum.IsDefined(promotion.Category)))
        {
            yield return new("promotion.category", isPercent ? "must be a category" : "is not for this kind");
        }

        if (isPercent ? promotion.Percent is < 1 or > MaxPercent : promotion.Percent != 0)
        {
            yield return new("promotion.percent", isPercent ? $"must be 1 to {MaxPercent}" : "is not for this kind");
        }
    }

    private static bool IsText(string text, int longest) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Any(character => char.IsControl(character) || character is '\u2028' or '\u2029');

    private static void Throw(FieldViolation[] violations)
    {
        if (violations.Length > 0)
        {
            throw new InvalidArgumentException(violations);
        }
    }
}
