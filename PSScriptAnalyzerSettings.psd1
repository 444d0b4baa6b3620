# All rules, but for these; each with its reason. The runbooks, which people copy, are checked without this file, with all rules but
# PSReviewUnusedParameter.
@{
    ExcludeRules = @(
        # Files are UTF-8 without a byte order mark (.editorconfig). Windows PowerShell reads none of those with other than ASCII letters:
        # they are tests and the build, which need PowerShell 7.
        'PSUseBOMForUnicodeEncodedFile'
        # Pester's blocks are script blocks of their own, so what BeforeAll sets and It uses looks unused.
        'PSUseDeclaredVarsMoreThanAssignments'
        # The same: parameters of a script that are used in its functions, or in a script block.
        'PSReviewUnusedParameter'
        # Helper functions of a test or a build need no -WhatIf and may have plural nouns.
        'PSUseShouldProcessForStateChangingFunctions'
        'PSUseSingularNouns'
        # What test helpers are named: Start-SandboxServer guide reads better than with a name for each argument.
        'PSAvoidUsingPositionalParameters'
        # The secrets here are made up, to be looked for; the rule about user names is for functions that people call.
        'PSAvoidUsingPlainTextForPassword'
        'PSAvoidUsingUsernameAndPasswordParams'
        'PSAvoidUsingConvertToSecureStringWithPlainText'
        # The build speaks to a console.
        'PSAvoidUsingWriteHost'
        # Wrongly raised for commands whose mandatory parameter comes from the pipeline or by splatting.
        'PSUseCmdletCorrectly'
    )
}
