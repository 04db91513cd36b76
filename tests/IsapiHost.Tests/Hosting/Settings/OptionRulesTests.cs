using IsapiHost.Hosting.Settings;

namespace IsapiHost.Tests.Hosting.Settings;

public sealed class OptionRulesTests
{
    [Fact]
    public void The_defaults_keep_the_rules() => Assert.Empty(OptionRules.FaultsOf(new IsapiOptions()));

    [Fact]
    public void Every_number_is_refused_beyond_both_its_bounds_and_taken_at_them()
    {
        foreach (var name in OptionProperty.Of(new IsapiOptions()).Where(option => option.Bounds is not null).Select(option => option.Name))
        {
            foreach (var (value, isRight) in Edges(name))
            {
                IsapiOptions options = new();
                OptionProperty.Of(options).Single(option => option.Name == name).Value = value;

                var faults = OptionRules.FaultsOf(options).Where(fault => fault.Name == name).ToArray();

                // A code page may be within its bounds and still not exist.
                Assert.True(faults.Length == 0 == isRight || (isRight && name == nameof(IsapiOptions.AnsiCodePage)), $"{name} = {value}");
                Assert.All(faults, fault => Assert.NotEmpty(fault.Message));
            }
        }
    }

    [Fact]
    public void Every_number_has_bounds()
    {
        var numbers = OptionProperty.Of(new IsapiOptions()).Where(option => option.Type == typeof(int) || option.Type == typeof(long) || option.Type == typeof(TimeSpan));

        Assert.All(numbers, option => Assert.NotNull(option.Bounds));
    }

    [Fact]
    public void A_control_character_is_named_wherever_it_stands()
    {
        IsapiOptions options = new() { Root = "a\0b", Tracing = { Folder = "\0", When = "\0" }, Site = { Name = "a\nb" } };
        options.Filters.Add("\0");
        options.Handlers.Add(HandlerMapping.Parse("/a", "\0"));
        options.VirtualDirectories["/images"] = "\0";
        options.ErrorPages["404"] = "\0";

        var faults = OptionRules.FaultsOf(options);

        Assert.Equal(
            ["ErrorPages:404", "Filters:0", "Handlers:0", "Root", "Site:Name", "Tracing:Folder", "Tracing:When", "VirtualDirectories:/images"],
            faults.Select(fault => fault.Name).Order(StringComparer.Ordinal));
        Assert.All(faults, fault => Assert.StartsWith("contains the control character U+000", fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void What_only_the_user_of_a_value_can_judge_is_judged_too()
    {
        IsapiOptions options = new() { AnsiCodePage = 4711, InterfaceVersion = new Version(8, 0, 1), Tracing = { When = "status >" } };
        options.ErrorPages["ten"] = "/page";
        options.VirtualDirectories["images"] = ".";
        options.Handlers.Add(HandlerMapping.Parse("*.abc", "a.dll"));
        options.Handlers.Add(HandlerMapping.Parse("*.ABC", "b.dll"));
        options.Filters.Add(" ");

        Assert.Equal(
            ["AnsiCodePage", "ErrorPages:ten", "Filters:0", "Handlers:1", "InterfaceVersion", "Tracing:When", "VirtualDirectories:images"],
            OptionRules.FaultsOf(options).Select(fault => fault.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Null_is_a_fault_where_it_has_no_meaning()
    {
        IsapiOptions options = new() { InterfaceVersion = null!, RequestHeaderEncoding = null!, Site = { Name = null!, ServerSoftware = null! } };

        Assert.Equal(
            ["InterfaceVersion", "RequestHeaderEncoding", "Site:Name", "Site:ServerSoftware"],
            OptionRules.FaultsOf(options).Select(fault => fault.Name).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(object? Value, bool IsRight)> Edges(string name)
    {
        var option = OptionProperty.Of(new IsapiOptions()).Single(option => option.Name == name);
        var (least, most) = (option.Bounds!.Least, option.Bounds.Most);
        yield return (As(option.Type, least), true);
        yield return (As(option.Type, most), true);
        yield return (As(option.Type, least - 1), false);
        if (option.Bounds.OrUnlimited)
        {
            yield return (null, true);
        }

        if (most < (option.Type == typeof(int) ? int.MaxValue : long.MaxValue))
        {
            yield return (As(option.Type, most + 1), false);
        }
    }

    private static object As(Type type, long value) =>
        type == typeof(int) ? (int)value : type == typeof(TimeSpan) ? TimeSpan.FromSeconds(value) : value;
}
