"""How a file comes in: straight to the disk, and never more of it than we would take."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class BoundedUpload(TemporaryUploadedFile):
    """An upload of which little more than MAX_UPLOAD_BYTES is kept, though `size` says how much was sent.

    `was_written` is false where the disk had no room for it. Whoever takes the file looks at both.
    """

    was_written = True


class BoundedUploadHandler(FileUploadHandler):
    """Write uploads to files. The name that a browser sends becomes no part of a path."""

    file: BoundedUpload

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = BoundedUpload("upload", self.content_type or "", 0, self.charset, self.content_type_extra)
        self.file.name = self.file_name

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start > settings.MAX_UPLOAD_BYTES or not self.file.was_written:
            return
        try:
            self.file.write(raw_data)
        except OSError:  # no space, or an unreadable disk: said by whoever takes the file
            self.file.was_written = False

    def file_complete(self, file_size: int) -> BoundedUpload:
        self.file.size = file_size
        try:
            self.file.seek(0)  # writes what is left in the buffer
        except OSError:
            self.file.was_written = False
        return self.file

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()
