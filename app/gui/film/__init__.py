"""The film beside the photo: playing it, looking at it, previewing it, handing it on."""
