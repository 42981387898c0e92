// A file dropped on the field becomes its text.

const field = document.querySelector("[data-drop]");
field?.addEventListener("dragover", (event) => event.preventDefault());
field?.addEventListener("drop", async (event) => {
  const file = event.dataTransfer?.files?.[0];
  if (!file) return;
  event.preventDefault();
  field.value = await file.text();
});
