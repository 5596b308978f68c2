using System.Globalization;
using System.Net;
using System.Text;
using BooksForYou.ServiceKit.Mail;
using BooksForYou.Transactions.Orders;

namespace BooksForYou.Transactions.Receipts;

/// <summary>Writes a receipt as a mail.</summary>
internal sealed class ReceiptMail(MailAddress from, Uri shop)
{
    private const string Shop = "Online Books For You";

    public MailMessage Write(Receipt receipt)
    {
        var order = receipt.Order;
        var link = new Uri(shop, $"orders/{order.OrderId}").ToString();
        return new MailMessage(
            receipt.ReceiptId,
            receipt.CreatedAt,
            from,
            MailAddress.Of(order.Email),
            $"Your order of {Amount(order.TotalCents, order)} at {Shop}",
            Text(order, link),
            Html(order, link));
    }

    private static string Amount(long cents, Order order) => string.Create(CultureInfo.InvariantCulture, $"{cents / 100}.{cents % 100:00} {order.Currency}");

    private static string Rate(Order order) =>
        string.Create(CultureInfo.InvariantCulture, $"{order.TaxRateBasisPoints / 100m:0.##} %");

    private static string Card(Order order) => order.CardBrand.Length == 0 ? $"card ending in {order.CardLastFour}" : $"{order.CardBrand} card ending in {order.CardLastFour}";

    private static IEnumerable<string> AddressLines(Address address) =>
        new[] { address.Name, address.Street, address.Street2, $"{address.PostalCode} {address.City}".Trim(), address.Country }.Where(line => line.Length > 0);

    private static string Text(Order order, string link)
    {
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"Thank you for your order at {Shop}.\n\n")
            .Append(CultureInfo.InvariantCulture, $"Order {order.OrderId} of {order.CreatedAt.UtcDateTime:d MMMM yyyy}\n\n");
        foreach (var line in order.Lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"{line.Quantity} x {line.Title}\n    {Amount(line.UnitPriceCents, order)} each, {Amount(line.UnitPriceCents * line.Quantity, order)}\n");
        }

        foreach (var discount in order.Discounts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{discount.Name}: -{Amount(discount.AmountCents, order)}\n    {discount.Reason}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\nTotal: {Amount(order.TotalCents, order)}\n")
            .Append(CultureInfo.InvariantCulture, $"of which tax ({Rate(order)}): {Amount(order.TaxCents, order)}\n")
            .Append(CultureInfo.InvariantCulture, $"Paid by {Card(order)}\n\nSent to:\n");
        foreach (var line in AddressLines(order.Address))
        {
            text.Append(CultureInfo.InvariantCulture, $"    {line}\n");
        }

        return text
            .Append(CultureInfo.InvariantCulture, $"\nYour order, whenever you want to see it:\n{link}\n\n")
            .Append("Who has this link can see the order: keep it to yourself.\n")
            .ToString();
    }

    private static string Html(Order order, string link)
    {
        var html = new StringBuilder()
            .Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Your receipt</title></head>\n")
            .Append("<body style=\"font-family:sans-serif;color:#222;max-width:40em\">\n")
            .Append(CultureInfo.InvariantCulture, $"<p>Thank you for your order at {Shop}.</p>\n")
            .Append(CultureInfo.InvariantCulture, $"<p>Order {order.OrderId} of {order.CreatedAt.UtcDateTime:d MMMM yyyy}</p>\n")
            .Append("<table style=\"border-collapse:collapse;width:100%\">\n")
            .Append("<tr><th align=\"left\">Book</th><th align=\"right\">Copies</th><th align=\"right\">Each</th><th align=\"right\">Sum</th></tr>\n");
        foreach (var line in order.Lines)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Escape(line.Title)}</td><td align=\"right\">{line.Quantity}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td align=\"right\">{Amount(line.UnitPriceCents, order)}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td align=\"right\">{Amount(line.UnitPriceCents * line.Quantity, order)}</td></tr>\n");
        }

        foreach (var discount in order.Discounts)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td colspan=\"3\">{Escape(discount.Name)}: {Escape(discount.Reason)}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td align=\"right\">-{Amount(discount.AmountCents, order)}</td></tr>\n");
        }

        return html
            .Append(CultureInfo.InvariantCulture, $"<tr><th align=\"left\" colspan=\"3\">Total</th><th align=\"right\">{Amount(order.TotalCents, order)}</th></tr>\n")
            .Append(CultureInfo.InvariantCulture, $"<tr><td colspan=\"3\">of which tax ({Rate(order)})</td><td align=\"right\">{Amount(order.TaxCents, order)}</td></tr>\n</table>\n")
            .Append(CultureInfo.InvariantCulture, $"<p>Paid by {Escape(Card(order))}</p>\n")
            .Append(CultureInfo.InvariantCulture, $"<p>Sent to:<br>{string.Join("<br>", AddressLines(order.Address).Select(Escape))}</p>\n")
            .Append(CultureInfo.InvariantCulture, $"<p><a href=\"{Escape(link)}\">See your order</a>. Who has this link can see it: keep it to yourself.</p>\n")
            .Append("</body></html>\n")
            .ToString();
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
