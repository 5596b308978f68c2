using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using BooksForYou.ServiceKit.Mail;

namespace BooksForYou.Accounts;

/// <summary>How people are let in, and how patient mails are.</summary>
public sealed class AccountsOptions
{
    /// <summary>How often a password is hashed (PBKDF2 with HMAC-SHA-512). More of it makes a stolen hash dearer to guess, and each sign-in slower.</summary>
    [Description("Iterations of PBKDF2 with HMAC-SHA-512 for passwords. When it is raised, each password is hashed anew at its next sign-in.")]
    [Range(1_000, 10_000_000)]
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>How many passwords are hashed at once; 0 for half the processors, and at least one.</summary>
    [Description("How many passwords are hashed at once; others wait. 0 for half the processors.")]
    [Range(0, 1_000)]
    public int PasswordsAtOnce { get; set; }

    /// <summary>How many wrong passwords in a row an account may be given before a pause follows each.</summary>
    [Description("Wrong passwords in a row for one e-mail address before a pause follows each: 1 s, doubled up to a minute.")]
    [Range(1, 1_000_000)]
    public int TriesPerAccount { get; set; } = 5;

    /// <summary>How many wrong passwords may come from one network address before a pause follows each.</summary>
    [Description("Wrong passwords from one network address before a pause follows each: 1 s, doubled up to 15 minutes.")]
    [Range(1, 1_000_000)]
    public int TriesPerAddress { get; set; } = 20;

    /// <summary>How many accounts may be asked for, and how many mails to set a new password, from one network address before a pause follows each.</summary>
    [Description("Registrations, and requests for a new password, from one network address before a pause follows each: 1 s, doubled up to 15 minutes.")]
    [Range(1, 1_000_000)]
    public int RequestsPerAddress { get; set; } = 20;

    /// <summary>How long a session lives that nobody uses.</summary>
    [Description("Time after which a session ends that is not used.")]
    [Range(typeof(TimeSpan), "00:10:00", "366.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan SessionLife { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How often work is looked for that other processes have left.</summary>
    [Description("Time between two looks for mails and deletions that other processes have written.")]
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a mail is tried before it is given up.</summary>
    [Description("Attempts to send a mail before it is given up.")]
    [Range(1, 10_000)]
    public int MailAttempts { get; set; } = 100;

    /// <summary>The pause after the first failed attempt. It doubles with each further one, up to an hour.</summary>
    [Description("Pause after the first failed attempt to send a mail; doubled after each further one, up to an hour.")]
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan MailPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>For how long a mail is in the hands of the process that sends it; when that dies, another one tries after it.</summary>
    [Description("Time after which a mail is sent again when the process that was at it has died; a mail server has half of it to take a mail.")]
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan MailLeaseTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How patient the delivery of mails is.</summary>
    internal MailPacing MailPacing => new(MailAttempts, MailPause, MailLeaseTime, PollInterval);
}
