namespace IsapiHost;

/// <summary>The values that an option may have, both ends included: a plain number, or seconds for a span of time.</summary>
/// <param name="least">The smallest value.</param>
/// <param name="most">The largest value.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BoundsAttribute(long least, long most) : Attribute
{
    /// <summary>The longest time that the timers of .NET take, in whole days: 24 days in seconds.</summary>
    public const long LongestTime = 24 * 86_400;

    /// <summary>The smallest value.</summary>
    public long Least => least;

    /// <summary>The largest value.</summary>
    public long Most => most;

    /// <summary>Whether null means no limit; configuration has the word <c>unlimited</c> for it.</summary>
    public bool OrUnlimited { get; init; }
}
