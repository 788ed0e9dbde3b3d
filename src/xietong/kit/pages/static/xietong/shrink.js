// Pictures from the album are made smaller before they travel. Drawing them anew also leaves their place data behind.

const LONGEST = 2000;
const QUALITY = 0.85;
const SHRINKABLE = new Set(["image/jpeg", "image/png", "image/webp"]);

/** The picture at most 2000 px long as a new file, with a small canvas to show; what cannot be drawn stays as it is. */
export async function shrink(file) {
  if (!SHRINKABLE.has(file.type)) return { file, thumb: null };
  try {
    return await drawn(file);
  } catch {
    return { file, thumb: null };
  }
}

async function drawn(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const thumb = draw(picture, 80);
  const canvas = draw(picture, LONGEST);
  picture.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, file.type, QUALITY));
  // An engine that cannot write the type gives PNG instead; a copy that only grew is of no use.
  const better = blob?.type === file.type && (canvas.dataset.scaled || blob.size < file.size);
  return { file: better ? new File([blob], file.name, { type: file.type }) : file, thumb };
}

function draw(picture, longest) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  if (scale < 1) canvas.dataset.scaled = "1";
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}
