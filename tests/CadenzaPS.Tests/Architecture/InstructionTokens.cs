using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace CadenzaPS.Tests.Architecture;

/// <summary>Finds the metadata tokens of types and members in the instructions of a method.</summary>
internal static class InstructionTokens
{
    private static readonly Dictionary<ushort, OperandType> Operands = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(obj: null)!)
        .ToDictionary(static code => (ushort)code.Value, static code => code.OperandType);

    public static List<int> Read(BlobReader instructions)
    {
        var tokens = new List<int>();
        while (instructions.RemainingBytes > 0)
        {
            ushort code = instructions.ReadByte();
            if (code == 0xFE)
            {
                code = (ushort)(0xFE00 | instructions.ReadByte());
            }

            switch (Operands[code])
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    instructions.Offset += 1;
                    break;
                case OperandType.InlineVar:
                    instructions.Offset += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    instructions.Offset += 8;
                    break;
                case OperandType.InlineSwitch:
                    int targets = instructions.ReadInt32();
                    instructions.Offset += 4 * targets;
                    break;
                case OperandType.InlineField
                or OperandType.InlineMethod
                or OperandType.InlineTok
                or OperandType.InlineType
                or OperandType.InlineSig:
                    tokens.Add(instructions.ReadInt32());
                    break;
                default:
                    instructions.Offset += 4;
                    break;
            }
        }

        return tokens;
    }
}
