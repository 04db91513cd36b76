using System.Globalization;
using IsapiHost.Testing.Variables;

namespace IsapiHost.Testing.Tests.Variables;

public sealed class DynamicVariablesTests
{
    [Theory]
    [InlineData("$guid", "^[0-9a-f-]{36}$")]
    [InlineData("$UUID", "^[0-9a-f-]{36}$")]
    [InlineData("$random.uuid", "^[0-9a-f-]{36}$")]
    [InlineData("$timestamp", @"^\d{10}$")]
    [InlineData("$timeStamp -1 d", @"^\d{10}$")]
    [InlineData("$datetime", @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    [InlineData("$datetime iso8601", @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    [InlineData("$isoTimestamp", @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    [InlineData("$datetime rfc1123", @"^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$")]
    [InlineData("$datetime \"dd-MM-yyyy\" -1 y", @"^\d\d-\d\d-\d{4}$")]
    [InlineData("$datetime 'YYYY-MM-DD HH:mm:ss.SSS' 3 w", @"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$")]
    [InlineData("$localDatetime iso8601 1 h", @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$")]
    [InlineData("$randomInt", @"^\d{1,3}$")]
    [InlineData("$randomInt 7 8", "^7$")]
    [InlineData("$randomInt -2 -1", "^-2$")]
    [InlineData("$random.integer(7, 8)", "^7$")]
    [InlineData("$random.float(1.5, 1.6)", @"^1\.5")]
    [InlineData("$random.alphabetic(5)", "^[a-zA-Z]{5}$")]
    [InlineData("$random.alphanumeric(20)", "^[a-zA-Z0-9]{20}$")]
    [InlineData("$random.hexadecimal(6)", "^[0-9a-f]{6}$")]
    [InlineData("$random.email", @"^[a-zA-Z]+@example\.com$")]
    public void What_editors_compute_is_computed(string reference, string pattern) =>
        Assert.Matches(pattern, DynamicVariables.Value(reference));

    [Theory]
    [InlineData("$randomInt 8 7", "the smaller one first")]
    [InlineData("$randomInt a b", "whole numbers")]
    [InlineData("$randomInt 1 2 3", "whole numbers")]
    [InlineData("$random.alphanumeric(-1)", "one length from 1")]
    [InlineData("$timestamp 1", "is not an offset")]
    [InlineData("$timestamp 1 century", "not a unit of time")]
    [InlineData("$datetime iso8601 99999 y", "outside the calendar")]
    [InlineData("$datetime \"'\"", "is not a date format")]
    public void Wrong_arguments_are_named_with_the_remedy(string reference, string words) =>
        Assert.Contains(words, Assert.Throws<FormatException>(() => DynamicVariables.Value(reference)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("$unknown")]
    [InlineData("name")]
    public void Other_names_are_none(string reference) => Assert.Null(DynamicVariables.Value(reference));

    [Theory]
    [InlineData("YYYY-MM-DD[T]HH:mm:ss", "2024-01-07T05:06:09")]
    [InlineData("D.M.YY h:m A", "7.1.24 5:6 AM")]
    [InlineData("dddd, DD MMMM YYYY", "Sunday, 07 January 2024")]
    [InlineData("ddd d DD", "Sun 0 07")]
    [InlineData("DD ZZ Z", "07 -0800 -08:00")]
    [InlineData("yyyy/MM/dd", "2024/01/07")]
    [InlineData("d", "7")]
    [InlineData("rfc1123", "Sun, 07 Jan 2024 05:06:09 -0800")]
    [InlineData("iso8601", "2024-01-07T05:06:09.123-08:00")]
    public void Dates_are_written_in_the_format_of_either_editor(string format, string expected) =>
        Assert.Equal(expected, DateTimeVariable.Format(DateTimeOffset.Parse("2024-01-07T05:06:09.123-08:00", CultureInfo.InvariantCulture), format));
}
