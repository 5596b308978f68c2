namespace BooksForYou.ServiceKit.Mail;

/// <summary>Is told how deliveries go, for the log and the metrics of a service.</summary>
public interface IMailReport
{
    /// <summary>A mail is sent.</summary>
    /// <param name="mailId">The mail.</param>
    void Sent(string mailId);

    /// <summary>A mail could not be sent, and will be tried again.</summary>
    /// <param name="mailId">The mail.</param>
    /// <param name="attempt">The how manieth attempt it was, from 1.</param>
    /// <param name="problem">What went wrong, without addresses.</param>
    /// <param name="pause">The time until the next attempt.</param>
    void Failed(string mailId, int attempt, string problem, TimeSpan pause);

    /// <summary>A mail was given up.</summary>
    /// <param name="mailId">The mail.</param>
    /// <param name="attempts">How often it was tried.</param>
    /// <param name="problem">What went wrong, without addresses.</param>
    void GivenUp(string mailId, int attempts, string problem);

    /// <summary>The outbox could not be looked at; it is tried again.</summary>
    /// <param name="exception">Why.</param>
    void LookFailed(Exception exception);

    /// <summary>The outbox was counted.</summary>
    /// <param name="waiting">How many mails wait.</param>
    /// <param name="dead">How many were given up.</param>
    void Counted(long waiting, long dead);
}
