using Cadenza.Client.Tests.Support;
using Xunit;

// The same suites run in two other projects, so a quick run does without this one.
[assembly: AssemblyTrait(TestSpeed.Trait, TestSpeed.Slow)]
