using System;
using System.Collections;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Security;
using Cadenza.Client.Security;
using Cadenza.Commands.Connections;

namespace CadenzaPS.Parameters;

/// <summary>
/// An argument that is not text. Parameter binding must not reject it, because PowerShell's error record would contain
/// the value or the whole pipeline object. It binds a placeholder instead, and the cmdlet rejects that.
/// </summary>
internal sealed class UnusableArgument
{
    private static readonly ConditionalWeakTable<object, UnusableArgument> Placeholders = new();

    private UnusableArgument(object value)
    {
        Number = ArgumentText.IsNumber(value) ? value : null;
        Fault = Describe(value);
        TypeDescription = DescribeType(value);
    }

    /// <summary>The value if it is a number, which may be a literal on the command line.</summary>
    public object? Number { get; }

    /// <summary>Why the argument cannot be used, as a predicate, such as "is a number ...".</summary>
    public string Fault { get; }

    /// <summary>The type of the argument as a noun, such as "a list of values".</summary>
    public string TypeDescription { get; }

    /// <summary>Returns a placeholder for a secret.</summary>
    public static SecureString ForSecret(object value) => Remember(SecretText.Wrap([]), value);

    /// <summary>Returns a placeholder for text.</summary>
    public static string ForText(object value) => Remember(new string(' ', 1), value);

    /// <summary>Returns a placeholder for a user name and password.</summary>
    public static PSCredential ForLogin(object value) =>
        Remember(new PSCredential("none", SecretText.Wrap([])), value);

    /// <summary>Returns a placeholder for a connection. It is closed, so that nothing can be sent with it.</summary>
    public static CadenzaConnection ForConnection(object value)
    {
        var connection = CadenzaConnection.OpenUnchecked(new ConnectionPlan
        {
            BaseUri = new Uri("https://none.invalid/"),
            Environment = "Custom",
            AccessToken = SecretText.Wrap("none".AsSpan()),
        });
        connection.Dispose();
        return Remember(connection, value);
    }

    /// <summary>Describes a value without a placeholder.</summary>
    public static UnusableArgument Of(object value) => new(value);

    /// <summary>Returns what a placeholder stands for, or null if the argument is usable.</summary>
    public static UnusableArgument? Find(object? argument) =>
        argument is not null && Placeholders.TryGetValue(argument, out UnusableArgument? found) ? found : null;

    /// <summary>Returns why a value cannot be used as text, as a predicate. Does not quote the value.</summary>
    public static string Describe(object value) => value switch
    {
        _ when ArgumentText.IsNumber(value) =>
            "is a number, and PowerShell does not keep how it was written (007 becomes 7). Put it in quotation marks",
        DateTime or DateTimeOffset =>
            "is a date, and PowerShell does not keep how it was written. Put it in quotation marks, and read JSON with "
            + "ConvertFrom-Json -DateKind String",
        bool or SwitchParameter => "is $true or $false. Put text in quotation marks",
        ScriptBlock =>
            "is a script block. Specify text, or name the columns of the input with Select-Object before",
        PSCredential => "is a PSCredential. Specify it with -ApiCredential",
        IList => "is a list of values. Specify one string",
        _ => $"is neither a string nor a SecureString, but {DescribeType(value)}",
    };

    private static string DescribeType(object value) => value switch
    {
        IList => "a list of values",
        ScriptBlock => "a script block",
        _ => $"a value of the type {value.GetType().Name}",
    };

    private static T Remember<T>(T placeholder, object value)
        where T : class
    {
        Placeholders.Add(placeholder, new UnusableArgument(value));
        return placeholder;
    }
}
