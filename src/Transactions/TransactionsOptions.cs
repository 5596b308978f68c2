using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using BooksForYou.ServiceKit.Mail;
using BooksForYou.Transactions.Orders;

namespace BooksForYou.Transactions;

/// <summary>How orders are paid, taxed and receipted.</summary>
public sealed class TransactionsOptions : IValidatableObject
{
    /// <summary>How long one request to the payment gateway may take before its outcome counts as unknown.</summary>
    [Description("Time that one request to the payment gateway may take.")]
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan GatewayTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a charge or a refund may go on with retries and lookups before its call fails and it is left to the background.</summary>
    [Description("Time that a charge or a refund may take, retries included, before it is left to the background.")]
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan ChargeTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>For how long nobody else touches a payment that a process is busy with. It is renewed meanwhile; when the process dies, others go on after it.</summary>
    [Description("Time after which others go on with a payment when the process that was busy with it has died.")]
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan LeaseTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often work is looked for that was left by other processes.</summary>
    [Description("Time between two looks for work that other processes have left.")]
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a receipt is tried before it is given up. With the default pauses, 100 attempts take four days, as RFC 5321, section 4.5.4.1 asks for.</summary>
    [Description("Attempts to send a receipt before it is given up.")]
    [Range(1, 10_000)]
    public int ReceiptAttempts { get; set; } = 100;

    /// <summary>The pause after the first failed attempt. It doubles with each further one, up to an hour.</summary>
    [Description("Pause after the first failed attempt to send a receipt; doubled after each further one, up to an hour.")]
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan ReceiptPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>For how long a receipt is in the hands of the process that sends it; when that dies, another one tries after it. A mail server has half of
    /// this time to take a mail.</summary>
    [Description("Time after which a receipt is sent again when the process that was at it has died; a mail server has half of it to take a mail.")]
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan ReceiptLeaseTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The tax on books by country (ISO 3166-1, two letters), in hundredths of a percent, from 0 to 10000. What is configured is added to the
    /// defaults, which are the rates for printed books at the beginning of 2025.</summary>
    public Dictionary<string, int> TaxRates { get; } = new(StringComparer.Ordinal)
    {
        ["AT"] = 1000,
        ["BE"] = 600,
        ["CH"] = 260,
        ["DE"] = 700,
        ["DK"] = 2500,
        ["ES"] = 400,
        ["FR"] = 550,
        ["GB"] = 0,
        ["IE"] = 0,
        ["IT"] = 400,
        ["LU"] = 300,
        ["NL"] = 900,
        ["PL"] = 500,
        ["PT"] = 600,
        ["SE"] = 600,
    };

    /// <summary>The tax where <see cref="TaxRates"/> has none, in hundredths of a percent.</summary>
    [Description("Tax on books in countries without a rate of their own, in hundredths of a percent.")]
    [Range(0, Tax.Whole)]
    public int DefaultTaxRate { get; set; }

    /// <summary>How patient the delivery of receipts is.</summary>
    internal MailPacing ReceiptPacing => new(ReceiptAttempts, ReceiptPause, ReceiptLeaseTime, PollInterval);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (country, rate) in TaxRates)
        {
            if (!Countries.Contains(country))
            {
                yield return new ValidationResult($"{country} is not a country; its key is one of the two letters of ISO 3166-1, such as DE.", [nameof(TaxRates)]);
            }

            if (rate is < 0 or > Tax.Whole)
            {
                yield return new ValidationResult($"{country} has the rate {rate}; it takes a whole number from 0 to {Tax.Whole}.", [nameof(TaxRates)]);
            }
        }
    }

    /// <summary>The tax in a country, in hundredths of a percent.</summary>
    internal int TaxRateOf(string country) => TaxRates.GetValueOrDefault(country, DefaultTaxRate);
}
