from django.http import HttpResponse
from django.urls import path


def visits(request):
    request.session["visits"] = request.session.get("visits", 0) + 1
    return HttpResponse("visit %d\n" % request.session["visits"])


def upload(request):
    return HttpResponse(str(request.FILES["file"].size))


urlpatterns = [path("visits", visits), path("files", upload)]
