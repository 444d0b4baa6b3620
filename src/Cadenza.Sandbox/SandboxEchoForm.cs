namespace Cadenza.Sandbox;

/// <summary>How <see cref="SandboxFaultKind.EchoSecret"/> quotes a secret.</summary>
public enum SandboxEchoForm
{
    /// <summary>As sent.</summary>
    Sent,

    /// <summary>Without white space at its ends.</summary>
    Trimmed,

    /// <summary>With a space in the place of each line end, and without white space at its ends.</summary>
    OneLine,

    /// <summary>As sent, but every character that is not a letter or digit is written as <c>\uXXXX</c> in the
    /// JSON.</summary>
    JsonEscaped,

    /// <summary>The text of the secret as a JSON string, escaped again by the answer's JSON.</summary>
    EscapedTwice,

    /// <summary>Percent-encoded.</summary>
    UrlEncoded,

    /// <summary>The base64 form of its UTF-8 bytes.</summary>
    Base64,

    /// <summary>The first half of its characters.</summary>
    FirstHalf,

    /// <summary>The second half of its characters.</summary>
    SecondHalf,

    /// <summary>Without its line ends.</summary>
    JoinedLines,

    /// <summary>In upper case.</summary>
    UpperCase,

    /// <summary>As the value of a form, with a plus sign for a space and hexadecimal digits in lower case.</summary>
    FormEncoded,

    /// <summary>With the entities of HTML.</summary>
    HtmlEscaped,

    /// <summary>The base64url form of its UTF-8 bytes, without padding.</summary>
    Base64Url,

    /// <summary>Within a longer text whose UTF-8 bytes are in base64.</summary>
    WithinBase64,

    /// <summary>Its UTF-8 bytes as hexadecimal digits.</summary>
    Hexadecimal,
}
