using System.Reflection;

namespace IsapiHost.Hosting.Settings;

/// <summary>One option as its property declares it. Binding, validation, and the tests of schema and documentation all read it here.</summary>
/// <param name="Name">The name in configuration, below section <c>Isapi</c>: <c>Threads:Limit</c>.</param>
/// <param name="Owner">The object that holds the value.</param>
/// <param name="Property">The declaration.</param>
internal sealed record OptionProperty(string Name, object Owner, PropertyInfo Property)
{
    /// <summary>The values that it may have, where they are numbers.</summary>
    public BoundsAttribute? Bounds { get; } = Property.GetCustomAttribute<BoundsAttribute>();

    /// <summary>The type of a value; for a nullable one what it is when it is not null.</summary>
    public Type Type { get; } = Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    /// <summary>Whether null means no limit: as the bounds say, or as Kestrel has it where there are none.</summary>
    public bool OrUnlimited => Bounds?.OrUnlimited ?? Property.PropertyType == typeof(long?);

    /// <summary>The value.</summary>
    public object? Value
    {
        get => Property.GetValue(Owner);
        set => Property.SetValue(Owner, value);
    }

    /// <summary>The options of a group and of the groups in it, in the order of their declarations.</summary>
    public static IEnumerable<OptionProperty> Of(IOptionGroup group, string prefix = "")
    {
        foreach (var property in group.GetType().GetProperties())
        {
            if (property.GetValue(group) is not IOptionGroup inner)
            {
                yield return new OptionProperty(prefix + property.Name, group, property);
                continue;
            }

            foreach (var option in Of(inner, $"{prefix}{property.Name}:"))
            {
                yield return option;
            }
        }
    }
}
