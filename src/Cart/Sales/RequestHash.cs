using System.Security.Cryptography;
using BooksForYou.Contracts.Cart.V1;
using Google.Protobuf;

namespace BooksForYou.Cart.Sales;

/// <summary>What a checkout asks for, as a fingerprint: the same key with another one is a mistake of the caller.</summary>
internal static class RequestHash
{
    // The card is left out: it is kept nowhere, not even as a fingerprint, and another card does not make it another sale.
    public static string Of(CheckoutRequest request, string owner) => Convert.ToHexStringLower(SHA256.HashData(new CheckoutRequest
    {
        VisitorId = owner,
        ExpectedTotal = request.ExpectedTotal,
        Address = request.Address,
        Email = request.Email,
        BasketVersion = request.BasketVersion,
    }.ToByteArray()));
}
