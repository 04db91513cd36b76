using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IsapiHost.Interop;
using IsapiHost.Interop.Abi;

namespace IsapiHost.Tests.Interop.Abi;

/// <summary>What the C# declarations in IsapiHost.Abi say, by reflection.</summary>
internal static class ManagedAbi
{
    private static readonly Type[] _types =
    [
        .. typeof(EXTENSION_CONTROL_BLOCK).Assembly.GetTypes().Where(t => t.Namespace == typeof(EXTENSION_CONTROL_BLOCK).Namespace && !t.IsNested),
        typeof(Win32Error),
    ];

    /// <summary>The native structures. A fixed buffer's hidden type is nested in its structure and so is not among them.</summary>
    public static IEnumerable<Type> Structures => _types.Where(t => t.IsValueType && !t.IsEnum);

    /// <summary>Sizes by structure and offsets by <c>structure.field</c>, as they are in this process.</summary>
    public static SortedDictionary<string, int> Layout()
    {
        var numbers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var type in Structures)
        {
            numbers.Add(type.Name, SizeOf(type));
            foreach (var field in Fields(type))
            {
                numbers.Add($"{type.Name}.{field.Name}", (int)Marshal.OffsetOf(type, field.Name));
            }
        }

        return numbers;
    }

    /// <summary>The same, computed by the rule of natural alignment for pointers of <paramref name="pointerSize"/> bytes.</summary>
    public static SortedDictionary<string, int> ComputedLayout(int pointerSize)
    {
        var numbers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var type in Structures)
        {
            numbers.Add(type.Name, Measure(type, pointerSize, (name, offset) => numbers.Add($"{type.Name}.{name}", offset)).Size);
        }

        return numbers;
    }

    /// <summary>The constants by their C names.</summary>
    public static SortedDictionary<string, uint> Constants()
    {
        var constants = new SortedDictionary<string, uint>(StringComparer.Ordinal);
        foreach (var field in _types.Where(t => t.IsEnum || (t.IsAbstract && t.IsSealed)).SelectMany(t => t.GetFields()).Where(f => f.IsLiteral))
        {
            constants.Add(CName(field), Convert.ToUInt32(field.GetRawConstantValue()));
        }

        return constants;
    }

    /// <summary>The sizes of the fields by <c>structure.field</c>, as they are in this process.</summary>
    public static SortedDictionary<string, int> FieldSizes()
    {
        var sizes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var type in Structures)
        {
            foreach (var field in Fields(type))
            {
                sizes.Add($"{type.Name}.{field.Name}", Measure(field, nint.Size).Size);
            }
        }

        return sizes;
    }

    private static string CName(FieldInfo field) => (field.DeclaringType!.Name, field.Name) switch
    {
        (nameof(HSE_REQ), nameof(HSE_REQ.APPEND_LOG_PARAMETER)) => "HSE_APPEND_LOG_PARAMETER",
        (nameof(Win32Error), var name) => name.StartsWith("WSA", StringComparison.Ordinal) ? name : $"ERROR_{name}",
        var (type, name) => $"{type}_{name}",
    };

    private static FieldInfo[] Fields(Type type) => type.GetFields(BindingFlags.Instance | BindingFlags.Public);

    private static int SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static (int Size, int Alignment) Measure(FieldInfo field, int pointerSize)
    {
        if (field.GetCustomAttribute<FixedBufferAttribute>() is { } buffer)
        {
            return (SizeOf(buffer.ElementType) * buffer.Length, SizeOf(buffer.ElementType));
        }

        var type = field.FieldType;
        if (type.IsPointer || type.IsFunctionPointer || type == typeof(nint))
        {
            return (pointerSize, pointerSize);
        }

        return type.IsPrimitive ? (SizeOf(type), SizeOf(type)) : Measure(type, pointerSize, (_, _) => { });
    }

    private static (int Size, int Alignment) Measure(Type type, int pointerSize, Action<string, int> report)
    {
        var end = 0;
        var alignment = 1;
        foreach (var field in Fields(type))
        {
            var (fieldSize, fieldAlignment) = Measure(field, pointerSize);
            var offset = RoundUp(end, fieldAlignment);
            report(field.Name, offset);
            end = offset + fieldSize;
            alignment = Math.Max(alignment, fieldAlignment);
        }

        return (RoundUp(end, alignment), alignment);
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
