<#
.SYNOPSIS
    One shard of a rotation day as an Azure Automation job on a Hybrid Runbook Worker.
.DESCRIPTION
    Start it once for each index, each on a worker of its own, all with the same Count and the same JournalFolder. Not in an Azure sandbox:
    that has no disk that outlives the job, breaks jobs off after three hours, and may run several jobs in one process.

    On the workers: PowerShell 7.4 or later, the modules CadenzaPS, Az.Accounts and Az.KeyVault for all users, and rotate-shard.ps1.
    In the Automation account: the credential asset that AssetName names (email and password of the user at Cadenza). The worker's
    managed identity may read the vault's secrets. They are named for the credential: <CredentialId>-key, <CredentialId>-secret, and where
    the venue has one <CredentialId>-passphrase.

    The job fails, by an exception, where rotate-shard.ps1 does not end with 0. Start it again with the same parameters to go on.
#>
param(
    # Which shard, from 0. Text, so that nothing at all is not taken for 0.
    [Parameter(Mandatory)] [string] $Index,

    # Of how many.
    [Parameter(Mandatory)] [string] $Count,

    # The CSV file with the column CredentialId, the same one for all.
    [Parameter(Mandatory)] [string] $Path,

    # A folder on a share that all workers reach, a new one for each rotation day.
    [Parameter(Mandatory)] [string] $JournalFolder,

    # Uat or Production.
    [Parameter(Mandatory)] [string] $Environment,

    # The Key Vault with the new keys.
    [Parameter(Mandatory)] [string] $VaultName,

    [string] $AssetName = 'Cadenza',

    [string] $Script = 'C:\Cadenza\rotate-shard.ps1'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
if (-not (Test-Path -LiteralPath $JournalFolder)) { throw "There is no folder ${JournalFolder}: start this on a Hybrid Runbook Worker that reaches it. Nothing was sent." }

Import-Module CadenzaPS
$null = Connect-AzAccount -Identity
Connect-Cadenza -Environment $Environment -Credential (Get-AutomationPSCredential -Name $AssetName)
try {
    & $Script $Path -JournalFolder $JournalFolder -Index $Index -Count $Count -GetKey {
        $id = $_.CredentialId
        $keys = @{
            ApiKey    = (Get-AzKeyVaultSecret -VaultName $VaultName -Name "$id-key").SecretValue
            ApiSecret = (Get-AzKeyVaultSecret -VaultName $VaultName -Name "$id-secret").SecretValue
        }
        $passphrase = Get-AzKeyVaultSecret -VaultName $VaultName -Name "$id-passphrase"
        if ($passphrase) { $keys.ApiPassphrase = $passphrase.SecretValue }
        $keys
    }
    $code = $LASTEXITCODE
}
finally { Disconnect-Cadenza }
if ($code -ne 0) { throw "rotate-shard.ps1 ended with $code." }
