using BooksForYou.ServiceKit.Errors;
using Google.Rpc;
using Grpc.Core;

namespace BooksForYou.ServiceKit.Tests.Errors;

public sealed class StatusExceptionTests
{
    public static TheoryData<StatusCode> Codes => [.. Enum.GetValues<StatusCode>().Where(code => code != StatusCode.OK)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Create_code_gives_the_class_of_that_name(StatusCode code)
    {
        var exception = StatusException.Create(code);

        Assert.Equal(code, exception.StatusCode);
        Assert.Equal($"{code}Exception", exception.GetType().Name);
        Assert.True(exception.GetType().IsSealed);
        Assert.NotEmpty(exception.Detail);
        Assert.Empty(exception.Details);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Create_detail_and_cause_keeps_both(StatusCode code)
    {
        var cause = new InvalidOperationException("cause");

        var exception = StatusException.Create(code, "what the caller reads", cause);

        Assert.Equal("what the caller reads", exception.Detail);
        Assert.Same(cause, exception.InnerException);
    }

    [Theory]
    [InlineData(StatusCode.OK)]
    [InlineData((StatusCode)17)]
    [InlineData((StatusCode)(-1))]
    public void Create_no_error_code_is_refused(StatusCode code) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StatusException.Create(code));

    [Fact]
    public void Subclasses_are_the_sixteen() =>
        Assert.Equal(16, typeof(StatusException).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(StatusException))));

    [Fact]
    public void InvalidArgumentException_violations_are_named_in_text_and_details()
    {
        var exception = new InvalidArgumentException(
            new FieldViolation("max_results", "must not be negative"), new FieldViolation("category", "is required"));

        Assert.Equal("max_results: must not be negative; category: is required", exception.Detail);
        var badRequest = Assert.IsType<BadRequest>(Assert.Single(exception.Details));
        Assert.Equal(["max_results", "category"], badRequest.FieldViolations.Select(violation => violation.Field));
        Assert.Equal("is required", badRequest.FieldViolations[1].Description);
    }

    [Fact]
    public void InvalidArgumentException_no_violation_is_refused() =>
        Assert.Throws<ArgumentException>(() => new InvalidArgumentException(Array.Empty<FieldViolation>()));

    [Fact]
    public void RetryAfter_negative_delay_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ErrorDetails.RetryAfter(TimeSpan.FromSeconds(-1)));
}
