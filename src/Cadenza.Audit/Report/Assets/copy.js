// Adds a button to each command that copies it. If the clipboard is not available, the button selects the command.
(function () {
  'use strict';

  const status = document.getElementById('copy-status');

  function select(code) {
    const range = document.createRange();
    range.selectNodeContents(code);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function copyBySelection(code) {
    select(code);
    try {
      return document.execCommand('copy');
    } catch {
      return false;
    }
  }

  async function copy(code) {
    try {
      await navigator.clipboard.writeText(code.textContent);
      return true;
    } catch {
      return copyBySelection(code);
    }
  }

  function addCopyButton(command) {
    const code = command.firstElementChild;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.addEventListener('click', async () => {
      const copied = await copy(code);
      button.textContent = copied ? 'Copied' : 'Selected';
      status.textContent = copied
        ? 'The command was copied.'
        : 'The command is selected. Press Ctrl+C or Command+C to copy it.';
      setTimeout(() => { button.textContent = 'Copy'; status.textContent = ''; }, 2000);
    });
    command.append(button);
  }

  document.querySelectorAll('.command').forEach(addCopyButton);
}());
